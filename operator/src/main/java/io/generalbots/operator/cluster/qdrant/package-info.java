/** Qdrant: peers that share collections, and the way in and out of their cluster. */
@NullMarked
package io.generalbots.operator.cluster.qdrant;

import org.jspecify.annotations.NullMarked;
