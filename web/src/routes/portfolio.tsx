import { createFileRoute } from "@tanstack/react-router";
import { Portfolio } from "~/screens/portfolio/Portfolio";

export const Route = createFileRoute("/portfolio")({ component: Portfolio });
