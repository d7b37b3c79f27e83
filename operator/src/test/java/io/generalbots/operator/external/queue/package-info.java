/** Tests of counting what waits. */
@NullMarked
package io.generalbots.operator.external.queue;

import org.jspecify.annotations.NullMarked;
