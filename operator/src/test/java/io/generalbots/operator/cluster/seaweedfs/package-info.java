/** Tests of SeaweedFS's decisions. */
@NullMarked
package io.generalbots.operator.cluster.seaweedfs;

import org.jspecify.annotations.NullMarked;
