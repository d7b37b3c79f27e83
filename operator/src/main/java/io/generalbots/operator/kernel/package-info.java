/**
 * Observe, plan, apply: the loop every kind shares. This package knows Kubernetes objects and no
 * product.
 */
@NullMarked
package io.generalbots.operator.kernel;

import org.jspecify.annotations.NullMarked;
