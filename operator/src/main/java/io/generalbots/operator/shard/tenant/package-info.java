/** Strategy Tenant: databases of Tenants on servers that are shards. */
@NullMarked
package io.generalbots.operator.shard.tenant;

import org.jspecify.annotations.NullMarked;
