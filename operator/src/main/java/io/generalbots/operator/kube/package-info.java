/** Small pure functions, one object kind each, that know Kubernetes conventions and no product. */
@NullMarked
package io.generalbots.operator.kube;

import org.jspecify.annotations.NullMarked;
