package io.generalbots.operator.external.spread;

import io.generalbots.operator.kernel.Reading;

/** Nobody could say how the shards of a policy are. */
public record ShardsUnread(String why) implements Reading {}
