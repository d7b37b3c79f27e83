/** Transcription: agents of the user's own that take part in rooms of LiveKit. */
@NullMarked
package io.generalbots.operator.cluster.transcription;

import org.jspecify.annotations.NullMarked;
