/** The connection pooler in front of Postgres: PgBouncer. */
@NullMarked
package io.generalbots.operator.cluster.pooler;

import org.jspecify.annotations.NullMarked;
