/** What Qdrant's plans and healths come to. */
@NullMarked
package io.generalbots.operator.cluster.qdrant;

import org.jspecify.annotations.NullMarked;
