/** Counts messages that wait for bot servers. */
@NullMarked
package io.generalbots.operator.external.queue;

import org.jspecify.annotations.NullMarked;
