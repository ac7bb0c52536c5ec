import { createFileRoute } from "@tanstack/react-router";
import { OpenPortfolio } from "~/screens/portfolio/OpenPortfolio";

export const Route = createFileRoute("/portfolios/new")({ component: OpenPortfolio });
