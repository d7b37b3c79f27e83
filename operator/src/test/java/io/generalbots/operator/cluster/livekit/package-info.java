/** Tests of decisions about LiveKit. */
@NullMarked
package io.generalbots.operator.cluster.livekit;

import org.jspecify.annotations.NullMarked;
