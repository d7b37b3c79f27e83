/** Tests. */
@NullMarked
package io.generalbots.edge.architecture;

import org.jspecify.annotations.NullMarked;
