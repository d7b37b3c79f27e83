/** What all components have in common whose servers have volumes. */
@NullMarked
package io.generalbots.operator.cluster.servers;

import org.jspecify.annotations.NullMarked;
