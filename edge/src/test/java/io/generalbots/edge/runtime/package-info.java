/** Tests. */
@NullMarked
package io.generalbots.edge.runtime;

import org.jspecify.annotations.NullMarked;
