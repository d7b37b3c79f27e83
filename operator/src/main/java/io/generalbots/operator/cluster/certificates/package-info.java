/** The certificate authority of a cluster and the server certificates it signs. */
@NullMarked
package io.generalbots.operator.cluster.certificates;

import org.jspecify.annotations.NullMarked;
