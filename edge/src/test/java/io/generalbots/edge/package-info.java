/** What tests of several packages share. */
@NullMarked
package io.generalbots.edge;

import org.jspecify.annotations.NullMarked;
