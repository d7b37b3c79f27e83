/** The loops of our kinds: what JOSDK calls, and the order of the steps. */
@NullMarked
package io.generalbots.operator.reconcile;

import org.jspecify.annotations.NullMarked;
