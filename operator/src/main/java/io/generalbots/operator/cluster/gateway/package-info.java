/** The gateway: Caddy in front of the bot servers, LiveKit and the object store. */
@NullMarked
package io.generalbots.operator.cluster.gateway;

import org.jspecify.annotations.NullMarked;
