/** The API of the operator: the kinds BotCluster, Tenant and ShardPolicy as Java records. */
@NullMarked
package io.generalbots.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
