/** Volumes that grow before they are full. Pure. */
@NullMarked
package io.generalbots.operator.cluster.volumes;

import org.jspecify.annotations.NullMarked;
