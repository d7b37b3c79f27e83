/** Settings, and how all of it is put together. */
@NullMarked
package io.generalbots.edge.runtime;

import org.jspecify.annotations.NullMarked;
