/** Certificates, from files to handshakes. */
@NullMarked
package io.generalbots.operator.cluster.certificates;

import org.jspecify.annotations.NullMarked;
