/** Tests of the bot servers' decisions. */
@NullMarked
package io.generalbots.operator.cluster.botserver;

import org.jspecify.annotations.NullMarked;
