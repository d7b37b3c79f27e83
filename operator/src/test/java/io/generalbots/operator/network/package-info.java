/** What Kubernetes makes of network policies, and who may talk to whom by it. */
@NullMarked
package io.generalbots.operator.network;

import org.jspecify.annotations.NullMarked;
