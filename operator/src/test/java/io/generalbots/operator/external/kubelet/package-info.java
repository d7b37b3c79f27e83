/** What is asked of kubelets, and what becomes of their answers. */
@NullMarked
package io.generalbots.operator.external.kubelet;

import org.jspecify.annotations.NullMarked;
