/** GStreamer: workers that play a pipeline, and hand what it writes to the object store. */
@NullMarked
package io.generalbots.operator.cluster.media;

import org.jspecify.annotations.NullMarked;
