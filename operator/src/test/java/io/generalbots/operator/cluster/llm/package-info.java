/** The language model of a cluster's own. */
@NullMarked
package io.generalbots.operator.cluster.llm;

import org.jspecify.annotations.NullMarked;
