/** SeaweedFS: masters, volume servers and filers that keep objects, and gateways that speak S3. */
@NullMarked
package io.generalbots.operator.cluster.seaweedfs;

import org.jspecify.annotations.NullMarked;
