/** LiveKit: servers of rooms with voice and video, and the keys by which one comes in. */
@NullMarked
package io.generalbots.operator.cluster.livekit;

import org.jspecify.annotations.NullMarked;
