/** The vault: OpenBao, or one that runs elsewhere, and what the cluster keeps in it. */
@NullMarked
package io.generalbots.operator.cluster.vault;

import org.jspecify.annotations.NullMarked;
