/** Tables that are partitioned by time, looked at and changed in their server. */
@NullMarked
package io.generalbots.operator.external.partition;

import org.jspecify.annotations.NullMarked;
