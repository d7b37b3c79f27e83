/** Recorders: they take part in rooms of LiveKit and put what they see into the object store. */
@NullMarked
package io.generalbots.operator.cluster.recording;

import org.jspecify.annotations.NullMarked;
