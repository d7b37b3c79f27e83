package io.generalbots.operator.cluster.botserver;

import io.generalbots.api.v1alpha1.cluster.BotServerSpec;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kube.Part;
import java.util.Optional;

/**
 * Whose bot servers they are, and all that is different for it: those of a BotCluster and those of
 * a Tenant are made alike from it.
 *
 * @param part their names and labels
 * @param spec what is wished of them
 * @param replicas how many there are to be while they do not sleep
 * @param image that they run
 * @param life how long they are there
 * @param sources the Secrets that they depend on
 * @param ways whom they call and who calls them
 * @param own what these alone have
 * @param door what stands before their vault; empty if they ask it themselves
 */
public record Site(
    Part part,
    BotServerSpec spec,
    int replicas,
    Image image,
    Life life,
    Sources sources,
    Ways ways,
    Own own,
    Optional<Door> door) {}
