/** PostgreSQL under Patroni: its objects, and what is done with them on the second day. */
@NullMarked
package io.generalbots.operator.cluster.postgres;

import org.jspecify.annotations.NullMarked;
