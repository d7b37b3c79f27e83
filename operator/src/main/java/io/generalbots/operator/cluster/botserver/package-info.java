/** The bot servers: what all the stores are there for. */
@NullMarked
package io.generalbots.operator.cluster.botserver;

import org.jspecify.annotations.NullMarked;
