/** Tests of Postgres' decisions. */
@NullMarked
package io.generalbots.operator.cluster.postgres;

import org.jspecify.annotations.NullMarked;
