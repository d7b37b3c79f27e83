/** Valkey: a primary with replicas, sentinels that elect it, and what leads clients to it. */
@NullMarked
package io.generalbots.operator.cluster.valkey;

import org.jspecify.annotations.NullMarked;
