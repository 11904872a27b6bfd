// Offers a family of resources too large to list, and helps people to fill in its address while they type.
// A completer sees what was filled in before: the towns it suggests are those of the country.
import { defineServer, rank, resourceTemplate } from "@portico/core";

const towns: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  norway: { bergen: 18, oslo: 24, trondheim: 11 },
  portugal: { braga: 20, porto: 31 },
};

const townsOf = (country: string | undefined) =>
  country !== undefined && Object.hasOwn(towns, country)
    ? Object.keys(towns[country] ?? {})
    : Object.values(towns).flatMap((one) => Object.keys(one));

const air = resourceTemplate({
  uriTemplate: "air://{country}/{town}",
  name: "Air in a town",
  description: "Fine dust today, in micrograms per cubic metre.",
  mimeType: "text/plain",
  complete: {
    country: Object.keys(towns),
    town: (typed, _, { country }) => rank(townsOf(country), typed),
  },
  read({ country = "", town = "" }) {
    const known = Object.hasOwn(towns, country) ? (towns[country] ?? {}) : {};
    return Object.hasOwn(known, town) ? String(known[town]) : undefined;
  },
});

/** Air by country and town. */
export const server = defineServer({ name: "air", version: "1.0.0", resources: [air] });
