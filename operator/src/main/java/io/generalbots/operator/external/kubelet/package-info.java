/** Asks kubelets how full the volumes are that their pods mount. */
@NullMarked
package io.generalbots.operator.external.kubelet;

import org.jspecify.annotations.NullMarked;
