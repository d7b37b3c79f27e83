/** The language model of a cluster's own, which answers while the provider does not. */
@NullMarked
package io.generalbots.operator.cluster.llm;

import org.jspecify.annotations.NullMarked;
