/** The rooms of a Tenant in the LiveKit of its BotCluster. */
@NullMarked
package io.generalbots.operator.tenant.rooms;

import org.jspecify.annotations.NullMarked;
