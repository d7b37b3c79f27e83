/** Which images the components of a cluster run. */
@NullMarked
package io.generalbots.operator.cluster.images;

import org.jspecify.annotations.NullMarked;
