/** How many replicas a load asks for: samples, rules, state and clock give a decision. Pure. */
@NullMarked
package io.generalbots.scaling;

import org.jspecify.annotations.NullMarked;
