/**
 * How many bot servers there should be: what is measured, the rules and what was decided before.
 */
@NullMarked
package io.generalbots.operator.cluster.scaling;

import org.jspecify.annotations.NullMarked;
