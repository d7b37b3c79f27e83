/** Spec and status of BotCluster. */
@NullMarked
package io.generalbots.api.v1alpha1.cluster;

import org.jspecify.annotations.NullMarked;
