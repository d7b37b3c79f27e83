/** The settings in force, published for people and for bot servers. */
@NullMarked
package io.generalbots.operator.cluster.config;

import org.jspecify.annotations.NullMarked;
