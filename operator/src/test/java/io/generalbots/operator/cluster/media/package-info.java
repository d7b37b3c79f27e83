/** Tests of the media workers. */
@NullMarked
package io.generalbots.operator.cluster.media;

import org.jspecify.annotations.NullMarked;
