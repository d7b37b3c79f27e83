package io.generalbots.operator.external.partition;

import io.generalbots.operator.kernel.Reading;

/** That tables could not be looked at, and why. */
public record TablesUnread(String why) implements Reading {}
