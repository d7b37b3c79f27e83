/** What a Tenant is made of, at home and beside its BotCluster. Pure. */
@NullMarked
package io.generalbots.operator.tenant;

import org.jspecify.annotations.NullMarked;
